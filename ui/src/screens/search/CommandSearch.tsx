/** The search box of the top bar. */
export default function CommandSearch() {
  return null;
}
