import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../parts/Button";
import { Problem } from "../../parts/Problem";
import { SectionHead } from "../../parts/SectionHead";
import { WithheldFields } from "../../parts/WithheldFields";
import { useSettings } from "../../records/useSettings";
import { useWithheld } from "../../records/withheld";
import { moved } from "./codes";
import pieces from "./pieces.module.css";

const THIS_MACHINE = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** An address downloads may come from: over a closed line, or on this very machine. */
export const isMirror = (text: string): boolean => {
  try {
    const { protocol, hostname, username, password } = new URL(text);
    if (hostname === "" || username !== "" || password !== "") return false;
    return protocol === "https:" || (protocol === "http:" && THIS_MACHINE.test(hostname));
  } catch {
    return false;
  }
};

/** Hosts models are fetched from; the first that answers is used. */
export function Mirrors() {
  const { t } = useTranslation("settings");
  const { settings, save, error } = useSettings();
  const why = useWithheld()("device.settings");
  const [draft, setDraft] = useState<string[] | null>(null);
  const [fresh, setFresh] = useState("");
  useEffect(() => {
    if (settings) setDraft(settings.model_mirrors);
  }, [settings]);
  if (!settings || !draft) return <Problem error={error} />;
  const put = (mirrors: string[]) => {
    setDraft(mirrors);
    if (mirrors.length > 0 && mirrors.every((m) => isMirror(m) || settings.model_mirrors.includes(m)))
      void save({ model_mirrors: mirrors });
  };
  const add = () => {
    const host = fresh.trim().replace(/\/+$/, "");
    if (!isMirror(host) || draft.includes(host)) return;
    put([...draft, host]);
    setFresh("");
  };
  return (
    <section aria-label={t("mirrors.title")}>
      <SectionHead level={3} title={t("mirrors.title")} note={t("mirrors.note")} />
      <Problem error={error} />
      <WithheldFields why={why}>
        <ol className={pieces.list}>
          {draft.map((mirror, i) => (
            <li key={mirror} className="row">
              <code className="path grow">{mirror}</code>
              <Button
                size="small"
                tone="ghost"
                icon="up"
                label={t("mirrors.up", { host: mirror })}
                disabled={i === 0}
                onClick={() => put(moved(draft, mirror, i - 1))}
              />
              <Button
                size="small"
                tone="ghost"
                icon="x"
                label={t("mirrors.remove", { host: mirror })}
                disabled={draft.length === 1}
                onClick={() => put(draft.filter((m) => m !== mirror))}
              />
            </li>
          ))}
        </ol>
        <form
          className="row foot"
          onSubmit={(e) => {
            e.preventDefault();
            add();
          }}
        >
          <input
            className="input"
            type="url"
            aria-label={t("mirrors.add")}
            placeholder={t("mirrors.hint")}
            value={fresh}
            onChange={(e) => setFresh(e.target.value)}
          />
          <Button type="submit" disabled={!isMirror(fresh.trim())}>
            {t("mirrors.add")}
          </Button>
        </form>
      </WithheldFields>
    </section>
  );
}
