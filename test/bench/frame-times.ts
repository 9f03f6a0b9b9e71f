/**
 * Browsers cut the stamp of a frame to a tenth of a millisecond, up or down. So far two of them may be apart from what
 * lay between the frames.
 */
const BLUR = 0.2;

/**
 * How long frames took, without the blur of their stamps. A screen shows frames on its beat. A distance that is, but for
 * the blur, a whole number of beats is that many; any other stays as it was measured. The beat is what these frames
 * themselves kept to, as an average over all of them, in which the blur of the single one disappears. So no time is
 * changed by more than the blur: a frame that came one beat late still counts as two.
 *
 * @param apart from each frame to the next, in milliseconds
 */
export function frameTimes(apart: readonly number[]): readonly number[] {
  const usual = apart.toSorted((a, b) => a - b)[Math.floor(apart.length / 2)] ?? 0;
  const counted = apart.map(distance => ({ distance, beats: Math.round(distance / usual) }));
  const onBeat = counted.filter(each => isNear(each.distance, each.beats * usual));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const beat = sum(onBeat.map(({ distance }) => distance)) / sum(onBeat.map(({ beats }) => beats));
  return counted.map(({ distance, beats }) => (isNear(distance, beats * beat) ? beats * beat : distance));
}

function isNear(distance: number, time: number): boolean {
  return time > 0 && Math.abs(distance - time) <= BLUR;
}
