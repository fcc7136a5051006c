/** A straight line through points, and how sure its slope is. */
export interface Slope {
  readonly slope: number;
  /** Between these it is with 95 % certainty, if what is beside the line is chance. */
  readonly low: number;
  readonly high: number;
}

export function slopeOf(points: readonly (readonly [x: number, y: number])[]): Slope {
  const count = points.length;
  if (count < 4) throw new Error('a slope takes four points at least');
  const mean = (pick: (point: readonly [number, number]) => number): number =>
    points.reduce((sum, point) => sum + pick(point), 0) / count;
  const [meanX, meanY] = [mean(([x]) => x), mean(([, y]) => y)];
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  const slope = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
  const beside = points.reduce((sum, [x, y]) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0);
  const margin = studentT(count - 2) * Math.sqrt(beside / (count - 2) / spread);
  return { slope, low: slope - margin, high: slope + margin };
}

/** The 97.5 % point of Student's t, to a percent from three degrees of freedom on (Cornish and Fisher's expansion). */
function studentT(freedom: number): number {
  const z = 1.959_964;
  const first = (z ** 3 + z) / (4 * freedom);
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2);
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3);
  return z + first + second + third;
}
