import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { canned } from "../../../test/host/carrier";
import { caseNamed, recordingNamed } from "../../../test/host/stage";
import { open } from "../../../test/stage";

/** Opens a case without text. */
async function opened() {
  await open(() => `/case/${caseNamed("还没有文字")}`);
  await screen.findByTestId("job-state");
}

describe("a running job", () => {
  it("shows how far it is and can be cancelled", async () => {
    await opened();
    canned({
      type: "job",
      job: {
        id: "j",
        work: {
          kind: "transcribe",
          case_id: caseNamed("还没有文字"),
          recording_id: recordingNamed("还没有文字"),
          model: null,
          language: "zh",
        },
        state: "running",
        progress_permille: 420,
        attempt: 1,
        error: null,
        created_at: 1,
        updated_at: 1,
      },
    });
    await waitFor(() => expect(screen.getByTestId("job-state").dataset.state).toBe("running"));
    expect(screen.getByTestId("job-state").textContent).toContain("42%");
  });

  it("is one that makes this text, whatever else goes on or is of a later version", async () => {
    await opened();
    const job = { id: "j", progress_permille: 420, attempt: 1, error: null, created_at: 1, updated_at: 1 };
    canned({ type: "job", job: { ...job, state: "failed", work: { kind: "take_in", call_id: "c" } } });
    canned({ type: "job", job: { ...job, state: "running", work: { kind: "other", name: "edition" } } });
    expect(screen.getByTestId("job-state").dataset.state).toBe("none");
  });
});
