/**
 * Durations, rates and counts as people read them.
 *
 * @module
 */

/** `0.8 s`, `42 s`, `3:07 min`, `1:02:03 h`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(whole % 60)} h`
    : `${minutes}:${two(whole % 60)} min`;
}

/** `12 MB`, `1.2 GB`: decimal units, as disks are sold. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let unit = 0;
  let value = bytes;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** `12.3 epochs/s`, `4.1 MB/s`. */
export function formatRate(perSecond: number, unit: string): string {
  if (unit === "B") return `${formatBytes(perSecond)}/s`;
  return `${perSecond < 100 ? perSecond.toFixed(1) : Math.round(perSecond)} ${unit}/s`;
}

/** Rows in their order, neighbours of one group together. */
export function groupNeighbours<T>(rows: readonly T[], groupOf: (row: T) => string): T[][] {
  const groups: T[][] = [];
  let last: string | undefined;
  for (const row of rows) {
    const group = groupOf(row);
    if (group === last) groups.at(-1)!.push(row);
    else groups.push([row]);
    last = group;
  }
  return groups;
}

/** `1 node`, `2 nodes`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
