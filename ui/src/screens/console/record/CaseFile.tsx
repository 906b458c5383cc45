import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type CaseView, ipc, type Recording } from "../../../ipc";
import { Problem } from "../../../parts/Problem";
import { Seg } from "../../../parts/Seg";
import { WithheldFields } from "../../../parts/WithheldFields";
import { qk } from "../../../records/queries";
import { useRecord } from "../../../records/record";
import { useWithheld } from "../../../records/withheld";
import { clock } from "../../../text/format";
import { BasisFields } from "./BasisFields";
import css from "./CaseFile.module.css";
import { RareFields, unknownOf } from "./ContactFields";
import { CallBegan, Contacts, MoreFields, Spoken } from "./Contacts";
import { Differences } from "./Differences";
import { Fact } from "./FactFields";
import { LiveFacts } from "./LiveFacts";
import { SoundFacts } from "./SoundFacts";
import { SourceFacts } from "./SourceFacts";
import { WholeBar, WholeOf } from "./Whole";

type TextFact = "title" | "business_line" | "customer_tier" | "external_id" | "order_number";

const words = {
  title: "field_title",
  business_line: "field_business_line",
  customer_tier: "field_customer_tier",
  external_id: "field_case_number",
  order_number: "field_order_number",
} as const;

/** What few sources know of a case. */
const rare: TextFact[] = ["external_id", "order_number"];

type Props = { view: CaseView; recording: Recording };

/** The case file: every fact can be changed here; each field is saved when it is left. */
export function CaseFile(props: Props) {
  const [only] = props.view.contacts;
  return (
    <WholeOf key={only?.id}>
      <Fields {...props} />
    </WholeOf>
  );
}

function Fields({ view, recording }: Props) {
  const { t } = useTranslation("console");
  const edit = useRecord("case", view.case);
  const why = useWithheld("case", view.case.id)("case.edit");
  const { data: lines } = useQuery({ queryKey: qk.businessLines, queryFn: () => ipc.businessLines() });
  const fact = (field: TextFact) => (
    <Fact
      key={field}
      label={t(words[field])}
      value={edit.now[field]}
      rev={edit.now.rev}
      list={field === "business_line" ? "business-lines" : undefined}
      required={field === "title"}
      onSave={(value, rev) => edit.save(field, value, rev)}
    />
  );
  const only = view.contacts.length === 1 ? view.contacts[0] : undefined;
  const [all, setAll] = useState(false);
  const unknown = rare.filter((field) => !edit.now[field]).length + (only ? unknownOf(only) : 0);
  return (
    <div className={`${css.file} scroll`}>
      {only && <WholeBar contact={only} seen={view.unmasked} />}
      <WithheldFields why={why}>
        {fact("title")}
        {fact("business_line")}
        {only && <Spoken key={`spoken-${only.id}`} contact={only} quiet={why !== null} />}
        {fact("customer_tier")}
        {rare.filter((field) => all || edit.now[field]).map(fact)}
        <datalist id="business-lines">
          {lines?.map((line) => (
            <option key={line} value={line} />
          ))}
        </datalist>
        {only && <CallBegan key={`began-${only.id}`} contact={only} />}
        {only && <BasisFields key={`basis-${only.id}`} contact={only} />}
        {only && <RareFields key={`rare-${only.id}`} contact={only} all={all} />}
        <MoreFields all={all} hidden={unknown} onChange={() => setAll(!all)} />
        {only && <Differences key={`told-${only.id}`} contact={only} />}
        {only && <SourceFacts key={`facts-${only.id}`} contact={only} />}
        <div className="field">
          <span className="label">{t("field_language")}</span>
          <Seg
            small
            className={css.choice}
            label={t("field_language")}
            value={edit.now.language}
            options={[
              { value: "auto", label: t("languageAuto") },
              { value: "zh", label: t("languageZh") },
              { value: "en", label: t("languageEn") },
            ]}
            onChange={(language) => void edit.set({ language })}
          />
          <Problem error={edit.error} />
          <span className="label">{t("languageHint")}</span>
        </div>
      </WithheldFields>
      <Contacts view={view} recording={recording} />
      {view.live && <LiveFacts live={view.live} />}
      {recording.audio_sha256 !== "" && <SoundFacts recording={recording} />}
      {recording.audio_sha256 !== "" && (
        <dl className={css.facts}>
          <dt>{t("length")}</dt>
          <dd className="figures">{clock(recording.duration_ms)}</dd>
          <dt>{t("channels")}</dt>
          <dd>
            {recording.channels > 1
              ? t("channelsTwo")
              : t(recording.was_dual_mono ? "channelsSame" : "channelsOne")}
          </dd>
          {recording.sources.length > 0 && (
            <>
              <dt>{t("sources")}</dt>
              <dd>
                {recording.sources.map((s) => (
                  <span key={s.sha256} className={css.source}>
                    {s.name} <span className="faint">{s.codec}</span>
                  </span>
                ))}
              </dd>
            </>
          )}
        </dl>
      )}
    </div>
  );
}
