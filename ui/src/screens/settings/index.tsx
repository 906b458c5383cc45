/** The settings screen; `tab` comes from the address. */
export default function Settings({ tab }: { tab: string | undefined }) {
  return <div className="page" data-tab={tab} />;
}
