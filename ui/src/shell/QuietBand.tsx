import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { isComposing, keyName } from "../keys/chord";
import { Band, BandWays } from "../parts/Band";
import { Button } from "../parts/Button";
import { useEntering } from "../seat/doors";
import { useWorkspace } from "../seat/workspace";
import { troubleOf } from "./trouble";

/**
 * Says that nobody here called this workspace theirs yet, and asks twice before it is: what waits in it begins then,
 * and whoever made it chose what that is.
 */
export function QuietBand() {
  const { t } = useTranslation();
  const { data } = useWorkspace();
  const entering = useEntering();
  const [asked, setAsked] = useState(false);
  if (data?.only_read?.code !== "workspace.quiet") return null;
  const { go, through } = entering;
  return (
    <Band
      label={t("quietBar")}
      testId="quiet-band"
      tone="warn"
      icon="shield"
      head={t("quiet")}
      ways={
        <Ways
          asked={asked}
          busy={through !== null}
          onAsk={() => setAsked(true)}
          onLetBe={() => setAsked(false)}
          onDo={() => go("ours")}
        />
      }
      trouble={troubleOf(entering)}
    >
      <span className="quiet" role="status">
        {t(asked ? "quietThen" : "quietMeans")}
      </span>
    </Band>
  );
}

type WaysProps = { asked: boolean; busy: boolean; onAsk: () => void; onLetBe: () => void; onDo: () => void };

/**
 * The keyboard stands on leaving it, Esc does so, and comes back to where it was asked from. A second click of a double
 * one falls on leaving it, too: it lies where the question was.
 */
function Ways({ asked, busy, onAsk, onLetBe, onDo }: WaysProps) {
  const { t } = useTranslation();
  const ask = useRef<HTMLButtonElement>(null);
  const letBe = useRef<HTMLButtonElement>(null);
  const was = useRef(false);
  useEffect(() => {
    if (asked) letBe.current?.focus();
    else if (was.current) ask.current?.focus();
    was.current = asked;
  }, [asked]);
  if (!asked) {
    return (
      <Button ref={ask} size="small" data-testid="quiet-ask" onClick={onAsk}>
        {t("quietOurs")}
      </Button>
    );
  }
  return (
    <BandWays
      role="group"
      aria-label={t("quietOurs")}
      onKeyDown={(e) => {
        if (keyName(e) !== "Escape" || busy || isComposing(e.nativeEvent)) return;
        e.stopPropagation();
        onLetBe();
      }}
    >
      <Button size="small" tone="primary" disabled={busy} data-testid="quiet-ours" onClick={onDo}>
        {t(busy ? "quietWorking" : "quietDo")}
      </Button>
      <Button ref={letBe} size="small" disabled={busy} onClick={onLetBe}>
        {t("letBe")}
      </Button>
    </BandWays>
  );
}
