import type { CDPSession, Page } from '@playwright/test';
import { frameTimes } from './frame-times.ts';
import { percentile } from './statistics.ts';

/** A walk through the list. */
export interface Walk {
  /** `wheel`: notch by notch from the top; `drag`: the thumb from end to end and back. */
  readonly by: 'wheel' | 'drag';
  /** What is told of it beside that. */
  readonly rows: string;
}

/** How a walk was drawn. Times in milliseconds. */
export interface ScrollMeasure extends Walk {
  readonly frames: number;
  /** From one frame to the next; see {@link frameTimes}. */
  readonly p50: number;
  readonly p95: number;
  readonly longest: number;
  /** From the beginning of a frame until it was laid out and painted. */
  readonly workP95: number;
  /** What a frame took of the processor in the page's main thread, on average: other programs lengthen it least. */
  readonly cpu: number;
}

/** What the page tells of each frame. */
type Frame = readonly [apart: number, work: number];

/** Pixels of one notch of the wheel, one notch each second frame. */
const NOTCH = 120;

/**
 * Scrolls through the list of keys that is on the screen, and measures every frame.
 *
 * @param page shows the list of keys
 * @param length in frames
 */
export async function measureScroll(page: Page, walk: Walk, length: number): Promise<ScrollMeasure> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  await toTop(page);
  const spent = await cpuSpent(cdp);
  const frames = await (walk.by === 'wheel' ? wheel(page, length) : drag(page, length));
  const cpu = (await cpuSpent(cdp)) - spent;
  await toTop(page);
  await cdp.detach();
  return summary(walk, frames, cpu);
}

/** Turns the wheel over the list. */
async function wheel(page: Page, length: number): Promise<readonly Frame[]> {
  const box = await page.getByRole('grid', { name: 'Keys' }).boundingBox();
  if (!box) throw new Error('there is no list of keys to scroll');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const counted = countFrames(page);
  for (let notch = 0; notch < length / 2; notch += 1) {
    await page.mouse.wheel(0, NOTCH);
    await nextFrames(page, 2);
  }
  await endFrames(page);
  return counted;
}

/** Milliseconds of the processor that the page's main thread has taken so far. */
async function cpuSpent(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  const spent = metrics.find(({ name }) => name === 'TaskDuration');
  if (!spent) throw new Error('the browser does not tell what its page took of the processor');
  return spent.value * 1000;
}

/** Counts frames until {@link endFrames}. */
function countFrames(page: Page): Promise<readonly Frame[]> {
  return page.evaluate(
    () =>
      new Promise<(readonly [number, number])[]>(resolve => {
        const frames: (readonly [number, number])[] = [];
        const { port1, port2 } = new MessageChannel();
        let begun = 0;
        let last = 0;
        // Told after layout and paint of the frame: from its beginning to here, the page was at work.
        port1.onmessage = () => frames.push([last, performance.now() - begun]);
        const frame = (at: number) => {
          last = at - begun;
          const first = begun === 0;
          begun = at;
          if (document.documentElement.dataset.framesEnd !== undefined) {
            delete document.documentElement.dataset.framesEnd;
            resolve(frames);
            return;
          }
          if (!first) port2.postMessage(null);
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
  );
}

async function endFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.dataset.framesEnd = '';
  });
}

async function nextFrames(page: Page, count: number): Promise<void> {
  await page.evaluate(
    left =>
      new Promise<void>(resolve => {
        const frame = (still: number) =>
          still === 0 ? resolve() : requestAnimationFrame(() => frame(still - 1));
        frame(left);
      }),
    count,
  );
}

/** Moves the thumb a little each frame, down to the end and back: what the browser does while it is dragged. */
async function drag(page: Page, length: number): Promise<readonly Frame[]> {
  const counted = countFrames(page);
  await page.evaluate(
    frames =>
      new Promise<void>(resolve => {
        const grid = document.querySelector('[role=grid]') as HTMLElement;
        const end = grid.scrollHeight - grid.clientHeight;
        let nth = 0;
        const frame = () => {
          nth += 1;
          const part = nth / frames;
          grid.scrollTop = end * (part < 0.5 ? part * 2 : 2 - part * 2);
          if (nth === frames) resolve();
          else requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
    length,
  );
  await endFrames(page);
  return counted;
}

/** Back to the first row, once the rows in view are there. */
async function toTop(page: Page): Promise<void> {
  await page.evaluate(() => {
    const grid = document.querySelector('[role=grid]') as HTMLElement;
    grid.scrollTop = 0;
  });
  await page.locator('[role=row][data-row="0"][data-key]').waitFor();
  await nextFrames(page, 30);
}

function summary(walk: Walk, frames: readonly Frame[], cpu: number): ScrollMeasure {
  const times = frameTimes(frames.map(([apart]) => apart));
  return {
    ...walk,
    frames: frames.length,
    p50: percentile(times, 50),
    p95: percentile(times, 95),
    longest: percentile(times, 100),
    workP95: percentile(
      frames.map(([, work]) => work),
      95,
    ),
    cpu: cpu / frames.length,
  };
}
