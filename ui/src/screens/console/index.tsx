/** The listening console of one case. */
export default function Console({ caseId }: { caseId: string }) {
  return <div className="page" data-case={caseId} />;
}
