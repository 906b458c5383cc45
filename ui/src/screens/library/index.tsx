/** The library screen. */
export default function Library() {
  return <div className="page" />;
}
