import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ipc } from "../../../ipc";
import { enterOrEscape } from "../../../keys/enterOrEscape";
import { Button } from "../../../parts/Button";
import { seekTo } from "../playing";
import { useConsole } from "../store";
import css from "./FindBar.module.css";

type Props = { recordingId: string; onGo: (ordinal: number) => void };

/** Finds words in this transcript, one place after the other. */
export function FindBar({ recordingId, onGo }: Props) {
  const { t } = useTranslation("console");
  const find = useConsole((s) => s.find) ?? "";
  const text = useDeferredValue(find.trim());
  const field = useRef<HTMLInputElement>(null);
  const [at, setAt] = useState(0);
  const { data: hits } = useQuery({
    queryKey: ["segments", recordingId, "find", text],
    queryFn: () => ipc.findInTranscript({ recording_id: recordingId, text }),
    enabled: text !== "",
    placeholderData: keepPreviousData,
  });
  const count = text === "" ? 0 : (hits?.length ?? 0);
  useEffect(() => field.current?.focus(), []);

  const go = (to: number) => {
    const hit = hits?.[to];
    if (!hit) return;
    setAt(to);
    seekTo(hit.start_ms);
    useConsole.setState({ textFollows: false });
    onGo(hit.ordinal);
  };
  // A new set of hits begins at its first one, without moving the sound.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `onGo` is made anew on each render
  useEffect(() => {
    setAt(0);
    const first = text === "" ? undefined : hits?.[0];
    if (!first) return;
    useConsole.setState({ textFollows: false });
    onGo(first.ordinal);
  }, [hits, text]);

  const close = () => useConsole.setState({ find: null });
  const step = (by: 1 | -1) => count > 0 && go((at + by + count) % count);
  return (
    <search className={css.findBar}>
      <input
        ref={field}
        className={`${css.field} input`}
        aria-label={t("find")}
        placeholder={t("findHint")}
        value={find}
        onChange={(e) => useConsole.setState({ find: e.target.value })}
        onKeyDown={enterOrEscape((e) => step(e.shiftKey ? -1 : 1), close)}
      />
      <span className={`${css.count} figures nowrap`} role="status">
        {text === ""
          ? ""
          : count === 0
            ? t("findNone")
            : t("ofTotal", { ns: "common", done: at + 1, total: count })}
      </span>
      <Button
        size="small"
        tone="ghost"
        icon="up"
        label={t("findPrevious")}
        disabled={count === 0}
        onClick={() => step(-1)}
      />
      <Button
        size="small"
        tone="ghost"
        icon="down"
        label={t("findNext")}
        disabled={count === 0}
        onClick={() => step(1)}
      />
      <Button size="small" tone="ghost" icon="x" label={t("close", { ns: "common" })} onClick={close} />
    </search>
  );
}
