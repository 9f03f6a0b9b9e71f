import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './dialog.module.css';
import { useFocusHome } from './use-focus-home.ts';
import { useTopEscape } from './use-top-escape.ts';

interface Props {
  readonly title: string;
  readonly children: ReactNode;
  readonly size?: number;
  readonly onClose: () => void;
  /** False while a change runs, and for forms: a click beside them must not throw away what was typed. */
  readonly closeOnClickOutside?: boolean;
}

/** A dialog that is open for as long as it is rendered. Consists of content and a {@link DialogFooter}. */
export function Dialog({ title, children, size = 520, onClose, closeOnClickOutside = true }: Props) {
  useFocusHome();
  useTopEscape(onClose);
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={size}
      closeOnClickOutside={false}
      overlayProps={{
        // The second click of a double one was meant for what was there before, such as the button that led here.
        onClick: ({ detail }) => {
          if (closeOnClickOutside && detail < 2) onClose();
        },
      }}
      closeOnEscape={false}
      returnFocus={false}
      classNames={{
        content: classes.content ?? '',
        header: classes.header ?? '',
        title: classes.title ?? '',
        body: classes.body ?? '',
      }}
    >
      {children}
    </Modal>
  );
}
