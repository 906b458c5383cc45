/** The search screen. */
export default function Search() {
  return <div className="page" />;
}
