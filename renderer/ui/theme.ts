import {
  Button,
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  Menu,
  Modal,
  NativeSelect,
  NumberInput,
  PasswordInput,
  SegmentedControl,
  Textarea,
  TextInput,
  Tooltip,
  type VariantColorsResolver,
} from '@mantine/core';
import { DateInput } from '@mantine/dates';

const accent: MantineColorsTuple = [
  '#edf2ff',
  '#d9e2ff',
  '#b8c8ff',
  '#9db3ff',
  '#7c9cff',
  '#4f77f5',
  '#2f5bea',
  '#274dca',
  '#2040a8',
  '#1a3384',
];
const red: MantineColorsTuple = [
  '#fdecea',
  '#fbd5d1',
  '#f8b0a9',
  '#f78f86',
  '#f97066',
  '#d92d20',
  '#b42318',
  '#971d14',
  '#7a1710',
  '#5e120c',
];
const dark: MantineColorsTuple = [
  '#e6e9ef',
  '#c9cfda',
  '#98a2b3',
  '#667085',
  '#2a303c',
  '#242a35',
  '#181c24',
  '#12151b',
  '#0d1016',
  '#080a0e',
];

/** What stands on a filled control is dark where the fill is light: in the dark scheme. */
function onFill(input: Parameters<VariantColorsResolver>[0]): ReturnType<VariantColorsResolver> {
  const colors = defaultVariantColorsResolver(input);
  return input.variant === 'filled' ? { ...colors, color: 'var(--ks-on-fill)' } : colors;
}

/** Dense and quiet: 13 px text, controls of 30 px, the system's own fonts. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 4 },
  colors: { accent, red, dark },
  black: '#1a2230',
  variantColorResolver: onFill,
  respectReducedMotion: true,
  cursorType: 'pointer',
  defaultRadius: 7,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '13px', sm: '13px', md: '14px', lg: '15px', xl: '17px' },
  lineHeights: { xs: '1.4', sm: '1.4', md: '1.4' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '20px', xl: '28px' },
  components: {
    Button: Button.extend({ defaultProps: { size: 'xs' }, styles: { label: { fontWeight: 500 } } }),
    Checkbox: Checkbox.extend({
      defaultProps: { size: 'xs', radius: 4, iconColor: 'var(--ks-on-fill)' },
      styles: { label: { paddingInlineStart: 8 }, description: { paddingInlineStart: 8 } },
    }),
    // In a low window, as one at 200 % is, its end is scrolled to.
    Menu: Menu.extend({
      defaultProps: { middlewares: { size: true } },
      styles: { dropdown: { overflowY: 'auto' } },
    }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        radius: 12,
        // The page itself never scrolls, so there is nothing to lock.
        lockScroll: false,
        overlayProps: { backgroundOpacity: 0.5, color: '#000' },
        transitionProps: { duration: 120, transition: 'fade' },
        closeButtonProps: { 'aria-label': 'Close' },
      },
    }),
    SegmentedControl: SegmentedControl.extend({ styles: { label: { fontWeight: 400 } } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'xs' } }),
    Textarea: Textarea.extend({ defaultProps: { size: 'xs' } }),
    PasswordInput: PasswordInput.extend({ defaultProps: { size: 'xs' } }),
    NumberInput: NumberInput.extend({ defaultProps: { size: 'xs' } }),
    NativeSelect: NativeSelect.extend({ defaultProps: { size: 'xs' } }),
    DateInput: DateInput.extend({ defaultProps: { size: 'xs' } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 500, withArrow: false } }),
  },
});

const surfaces = {
  '--mantine-color-body': 'var(--ks-panel)',
  '--mantine-color-text': 'var(--ks-ink)',
  '--mantine-color-bright': 'var(--ks-ink)',
  '--mantine-color-dimmed': 'var(--ks-dim)',
  '--mantine-color-placeholder': 'var(--ks-dim)',
  '--mantine-color-anchor': 'var(--ks-acc)',
  '--mantine-color-default': 'var(--ks-panel)',
  '--mantine-color-default-color': 'var(--ks-ink)',
  '--mantine-color-default-hover': 'var(--ks-hover)',
  '--mantine-color-default-border': 'var(--ks-line)',
  '--mantine-color-error': 'var(--ks-bad)',
  '--mantine-color-red-light': 'var(--ks-bad-bg)',
  '--mantine-color-red-light-color': 'var(--ks-bad)',
  '--mantine-color-orange-light': 'var(--ks-warn-bg)',
  '--mantine-color-orange-light-color': 'var(--ks-warn)',
  '--mantine-color-accent-light': 'var(--ks-acc-bg)',
  '--mantine-color-accent-light-hover': 'var(--ks-acc-bg)',
  '--mantine-color-accent-light-color': 'var(--ks-acc)',
};

/** Binds Mantine's surfaces to the tokens of `tokens.css`, so that both say the same. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: surfaces,
  dark: surfaces,
});
