/** Who is at this seat: the foot of the rail. */
export default function PersonSwitch() {
  return null;
}
