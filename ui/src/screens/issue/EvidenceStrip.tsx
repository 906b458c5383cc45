import { useMutation } from "@tanstack/react-query";
import { Popover } from "radix-ui";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { EvidenceRelation, EvidenceView, IssueView, ObservationId } from "../../ipc";
import { ipc } from "../../ipc";
import { Button } from "../../parts/Button";
import { Chip } from "../../parts/Chip";
import { CopyLink } from "../../parts/CopyLink";
import { NoSoundYet } from "../../parts/NoSoundYet";
import { PlayButton } from "../../parts/PlayButton";
import { Pop } from "../../parts/Pop";
import { Problem } from "../../parts/Problem";
import { SectionHead, Sep } from "../../parts/SectionHead";
import { Seg } from "../../parts/Seg";
import { EmptyState } from "../../parts/states";
import { VoiceLabel } from "../../parts/VoiceLabel";
import { useWithheld } from "../../records/withheld";
import { momentOf } from "../../seat/link";
import { markPath, markPlace, usePlaceWords } from "../../seat/place";
import { isolated } from "../../text/bidi";
import { clock, day } from "../../text/format";
import { UnfiledPicker } from "../../things/issue/UnfiledPicker";
import { useSoundless } from "../../things/live/soundless";
import { ReplayWave } from "../../things/mark/QuickReplay";
import { type Clip, evidenceClips, replayIssue, replayToggle, useReplay } from "../../things/mark/replay";
import css from "./EvidenceStrip.module.css";

/** Everything the issue rests on; each piece plays its exact moment where it stands. */
export function EvidenceStrip({ view }: { view: IssueView }) {
  const { t } = useTranslation("issues");
  const { run, index, playing, chain, error } = useReplay();
  const { evidence, row } = view;
  const here = run?.id === row.issue.id;
  const clips = evidenceClips(view);
  const chaining = here && playing && chain;
  const soundless = useSoundless();
  const audible = evidence.filter((e) => !soundless(e.observation.recording_id));
  const length = audible.reduce((ms, e) => ms + e.observation.end_ms - e.observation.start_ms, 0);
  const merged = row.issue.merged_into !== null;
  return (
    <section aria-label={t("strip.title")} data-region>
      <SectionHead
        title={t("strip.title")}
        note={
          evidence.length > 0
            ? t("strip.summary", {
                count: row.evidence_count,
                cases: t("of.cases", { count: row.case_count }),
                customers: t("of.customers", { count: row.customer_count }),
              })
            : undefined
        }
      >
        {audible.length > 0 ? (
          <Button
            size="small"
            tone="primary"
            icon={chaining ? "pause" : "play"}
            onClick={() => void (chaining ? replayToggle() : replayIssue(view, 0, true))}
          >
            {chaining ? t("strip.stopAll") : t("strip.playAll", { length: clock(length) })}
          </Button>
        ) : null}
        {merged ? null : <AddEvidence issueId={row.issue.id} />}
      </SectionHead>
      {here ? <Problem error={error} /> : null}
      {evidence.length === 0 && !merged ? (
        <EmptyState icon="headphones" title={t("strip.none")} hint={t("strip.noneHint")} />
      ) : (
        <div className={css.cards}>
          {evidence.map((item, i) => (
            <EvidenceCard
              key={item.link.id}
              item={item}
              clip={clips[i]}
              heard={here && index === i}
              playing={here && index === i && playing}
              onPlay={() => void (here && index === i ? replayToggle() : replayIssue(view, i))}
            />
          ))}
        </div>
      )}
    </section>
  );
}

const relationLook: Record<EvidenceRelation, "ok" | "bad" | "info" | "line"> = {
  evidence: "line",
  counter_evidence: "info",
  recurrence: "bad",
  verification: "ok",
};

interface CardProps {
  item: EvidenceView;
  clip: Clip | undefined;
  heard: boolean;
  playing: boolean;
  onPlay: () => void;
}

function EvidenceCard({ item, clip, heard, playing, onPlay }: CardProps) {
  const { t } = useTranslation("issues");
  const { t: common } = useTranslation();
  const [, go] = useLocation();
  const { observation: o, link } = item;
  const silent = useSoundless()(o.recording_id);
  const remove = useMutation({ mutationFn: () => ipc.detachEvidence(link.id) });
  const why = useWithheld()("issue.detach");
  const at = usePlaceWords()(o);
  return (
    <article
      className={css.card}
      data-heard={heard ? "" : undefined}
      aria-label={`${isolated(item.case_title)} ${at}`}
    >
      <div className="row">
        {silent ? (
          <NoSoundYet />
        ) : (
          <PlayButton
            size="small"
            playing={playing}
            data-testid="evidence-play"
            label={playing ? t("card.pause") : t("card.play", { title: item.case_title, at })}
            onClick={onPlay}
          />
        )}
        <b className="cut grow" title={item.case_title}>
          {item.case_title}
        </b>
        <span className="figures faint small">{at}</span>
      </div>
      {silent ? (
        <p className="faint small">{common("noSoundYet")}</p>
      ) : clip ? (
        <ReplayWave item={clip} active={playing} here={heard} />
      ) : null}
      <Words item={item} />
      {o.text && item.lines.length > 0 ? <p className={`${css.note} small`}>{o.text}</p> : null}
      <div className={css.facts}>
        <Chip tone={relationLook[link.relation]}>{t(`relation.${link.relation}`)}</Chip>
        <span className="cut">
          <bdi>{item.customer || t("card.unknownCustomer")}</bdi>
          {item.started_at === null ? "" : ` ${day(item.started_at)}`}
          <Sep />
          <bdi>{t("card.heard", { author: item.author })}</bdi>
        </span>
      </div>
      <div className={`${css.ways} row`}>
        {o.severity > 0 ? (
          <span className="small faint nowrap">{t("card.importance", { n: o.severity })}</span>
        ) : null}
        <span className="grow" />
        <Button
          size="small"
          tone="ghost"
          icon={silent ? "text" : "headphones"}
          label={t("card.open")}
          onClick={() => go(markPath(o))}
        />
        <CopyLink size="small" label={t("card.copy")} link={momentOf(o.case_id, markPlace(o))} />
        <Button
          size="small"
          tone="ghost"
          icon="trash"
          why={why}
          label={t("card.remove")}
          disabled={remove.isPending}
          onClick={() => remove.mutate()}
        />
      </div>
      <Problem error={remove.error} />
    </article>
  );
}

/** What was said, line by line with who said it; without text the person's own words. */
function Words({ item }: { item: EvidenceView }) {
  const { t } = useTranslation("issues");
  if (item.lines.length === 0) {
    const words = item.observation.quote || item.observation.text;
    return <p className={words ? css.words : `${css.words} faint`}>{words || t("card.noText")}</p>;
  }
  return (
    <ul className={css.words}>
      {item.lines.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their order
        <li key={i}>
          <VoiceLabel role={line.role} />
          <span>{line.text}</span>
        </li>
      ))}
    </ul>
  );
}

const relations: EvidenceRelation[] = ["evidence", "counter_evidence", "recurrence", "verification"];

/** Hangs moments that are filed nowhere under this issue. */
function AddEvidence({ issueId }: { issueId: string }) {
  const { t } = useTranslation("issues");
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<ObservationId>>(new Set());
  const [relation, setRelation] = useState<EvidenceRelation>("evidence");
  const why = useWithheld()("issue.attach");
  const attach = useMutation({
    mutationFn: () => ipc.attachEvidence({ issue_id: issueId, observation_ids: [...chosen], relation }),
    onSuccess: () => {
      setChosen(new Set());
      setOpen(false);
    },
  });
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button size="small" tone="ghost" icon="plus" why={why} data-testid="evidence-add">
          {t("strip.add")}
        </Button>
      </Popover.Trigger>
      <Pop className={css.adding} aria-label={t("strip.add")}>
        <p className="label">{t("unfiled.title")}</p>
        <div className="scroll">
          <UnfiledPicker chosen={chosen} onChange={setChosen} />
        </div>
        <div className="field">
          <span className="label">{t("strip.relation")}</span>
          <Seg
            small
            label={t("strip.relation")}
            value={relation}
            onChange={setRelation}
            options={relations.map((value) => ({ value, label: t(`relation.${value}`) }))}
          />
        </div>
        <Problem error={attach.error} />
        <div className="row foot">
          <span className="grow" />
          <Button
            size="small"
            tone="primary"
            disabled={chosen.size === 0 || attach.isPending}
            onClick={() => attach.mutate()}
          >
            {t("strip.attach", { count: chosen.size })}
          </Button>
        </div>
      </Pop>
    </Popover.Root>
  );
}
