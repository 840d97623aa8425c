/** How panels stand side by side. */
export interface PanelGrid {
  columns: number;
  /** Of one panel without its axes, in pixels. */
  width: number;
}

/** Widths of a panel by the number of columns: together, a page's. */
const WIDTHS: Readonly<Record<number, number>> = { 1: 480, 2: 270, 3: 180 };

/** At most three panels in a row; four in two rows, so that no row has one alone. */
export function panelGrid(panels: number): PanelGrid {
  const columns = panels === 4 ? 2 : Math.min(panels, 3);
  return { columns, width: WIDTHS[columns] };
}
