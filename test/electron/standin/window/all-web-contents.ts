import type { WebContents } from './web-contents.ts';

/** Every page that is not destroyed, by the ID Chromium has for its target. That is also its main frame's ID. */
export const contentsByTarget = new Map<string, WebContents>();

/** The page each subframe belongs to. */
export const contentsBySubframe = new Map<string, WebContents>();

export function contentsOfFrame(frameId: string): WebContents | undefined {
  return contentsByTarget.get(frameId) ?? contentsBySubframe.get(frameId);
}
