/** Bringing calls in: mounted once by the shell, so that files can be dropped on any screen. */
export default function ImportHost() {
  return null;
}
