/** F6 walks from landmark to landmark: rail, bands, top bar, then what the screen labels so. */
const selector = "[data-region]";
const focusable =
  'a[href],button:not([disabled]),input:not([disabled]),textarea,[tabindex]:not([tabindex="-1"])';

/** Moves the focus to the next (1) or previous (−1) region. */
export function focusRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>(selector)].filter(
    (r) => r.offsetParent !== null,
  );
  if (regions.length === 0) return;
  const at = regions.findIndex((r) => r.contains(document.activeElement));
  const next = regions[(at + step + regions.length) % regions.length] ?? regions[0];
  const target = next?.matches(focusable) ? next : next?.querySelector<HTMLElement>(focusable);
  target?.focus();
}
