import { useMutation, useQuery } from "@tanstack/react-query";
import { Popover } from "radix-ui";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import type { IssueRow, IssueView, Person } from "../../ipc";
import { ipc } from "../../ipc";
import { Avatar } from "../../parts/Avatar";
import { Button, buttonLook, Withheld } from "../../parts/Button";
import { FactList } from "../../parts/FactList";
import { InlineText } from "../../parts/InlineText";
import { Menu, MenuItem, MenuRule } from "../../parts/Menu";
import { moveFocus } from "../../parts/moveFocus";
import { PickButton } from "../../parts/PickButton";
import { Pop } from "../../parts/Pop";
import { Problem } from "../../parts/Problem";
import { SectionHead } from "../../parts/SectionHead";
import type { RecordEdit } from "../../records/record";
import { useWithheld, type Why } from "../../records/withheld";
import { useWorkspace } from "../../seat/workspace";
import { useBusinessLines } from "../../things/case/queries";
import { DueClock, UrgencyGlyph } from "../../things/issue/cells";
import { DuePicker } from "../../things/issue/DuePicker";
import { fresh, issueQuery } from "../../things/issue/list";
import { MatrixPicker } from "../../things/issue/MatrixPicker";
import { MergeMeans } from "../../things/issue/MergeMeans";
import css from "./Side.module.css";

type TextField = "business_line" | "external_owner" | "root_cause";

interface Props {
  view: IssueView;
  people: Person[];
  edit: RecordEdit<"issue">;
}

/** Who answers for it, until when, how urgent and how hard, and where it comes from. */
export function OwnerPane({ view, people, edit }: Props) {
  const { t } = useTranslation("issues");
  const { issue } = view.row;
  const lines = useBusinessLines();
  const why = useWithheld("issue", issue.id)("issue.edit");
  const owner = people.find((p) => p.id === issue.owner_id);
  const text = (field: TextField, word: "side.external" | "side.line" | "side.cause", hint?: string) => (
    <InlineText
      dense
      label={t(word)}
      value={issue[field]}
      rev={issue.rev}
      why={why}
      long={field === "root_cause"}
      {...(hint !== undefined && { placeholder: hint })}
      {...(field === "business_line" && { suggestions: lines.data ?? [] })}
      onSave={(value, rev) => edit.save(field, value, rev)}
    >
      {issue[field] ? (
        <span className="pre">{issue[field]}</span>
      ) : (
        <span className="faint">{t("side.unset")}</span>
      )}
    </InlineText>
  );
  return (
    <section aria-label={t("side.owner")}>
      <SectionHead title={t("side.owner")}>
        <MatrixButton view={view} edit={edit} why={why} />
      </SectionHead>
      <Problem error={edit.error} />
      <FactList>
        <dt>{t("side.ownerName")}</dt>
        <dd>
          <OwnerMenu
            owner={owner}
            people={people}
            why={why}
            onPick={(owner_id) => void edit.set({ owner_id })}
          />
        </dd>
        <dt>{t("side.external")}</dt>
        <dd>{text("external_owner", "side.external", t("side.externalHint"))}</dd>
        <dt>{t("side.due")}</dt>
        <dd>
          <DuePicker value={issue.due} why={why} onPick={(due) => void edit.set({ due })}>
            <DueClock row={view.row} now={Date.now()} />
          </DuePicker>
        </dd>
        <dt>{t("side.line")}</dt>
        <dd>{text("business_line", "side.line")}</dd>
        <dt>{t("side.cause")}</dt>
        <dd>{text("root_cause", "side.cause", t("side.causeHint"))}</dd>
      </FactList>
    </section>
  );
}

function MatrixButton({ view, edit, why }: Pick<Props, "view" | "edit"> & { why: Why }) {
  const { t } = useTranslation("issues");
  const { urgency, difficulty } = view.row.issue;
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Withheld why={why} label={t("side.editField", { field: t("matrix.title") })}>
        <Popover.Trigger asChild>
          <button type="button" {...buttonLook({ size: "small", tone: "ghost" })} data-testid="issue-matrix">
            <UrgencyGlyph urgency={urgency} difficulty={difficulty} />
          </button>
        </Popover.Trigger>
      </Withheld>
      <Pop aria-label={t("matrix.title")}>
        <p className="label">{t("matrix.title")}</p>
        <MatrixPicker
          urgency={urgency}
          difficulty={difficulty}
          onPick={(u, d) => void edit.set({ urgency: u, difficulty: d })}
        />
      </Pop>
    </Popover.Root>
  );
}

function OwnerMenu(props: {
  owner: Person | undefined;
  people: Person[];
  why: Why;
  onPick: (id: string | null) => void;
}) {
  const { t } = useTranslation("issues");
  const { owner, people, why, onPick } = props;
  const me = useWorkspace().data?.actor;
  return (
    <Menu
      why={why}
      trigger={
        <PickButton data-testid="issue-owner">
          {owner ? (
            <>
              <Avatar name={owner.name} roles={owner.roles} small />
              <span>{owner.name}</span>
              <span className="faint">{owner.org_unit}</span>
            </>
          ) : (
            <span className="is-bad">{t("side.nobody")}</span>
          )}
        </PickButton>
      }
    >
      {me && owner?.id !== me.id ? (
        <>
          <MenuItem icon="check" onSelect={() => onPick(me.id)}>
            {t("side.takeIt")}
          </MenuItem>
          <MenuRule />
        </>
      ) : null}
      {people.map((p) => (
        <MenuItem key={p.id} checked={p.id === owner?.id} onSelect={() => onPick(p.id)}>
          {p.name}
        </MenuItem>
      ))}
      {owner ? (
        <>
          <MenuRule />
          <MenuItem icon="x" onSelect={() => onPick(null)}>
            {t("side.clearOwner")}
          </MenuItem>
        </>
      ) : null}
    </Menu>
  );
}

/** Merges this issue into another that is found by number or words. */
export function MergeInto({ view, why }: { view: IssueView; why: Why }) {
  const { t } = useTranslation("issues");
  const { issue } = view.row;
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [into, setInto] = useState<IssueRow | null>(null);
  const words = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey: ["issues", "merge-target", issue.id, words],
    queryFn: () =>
      words === ""
        ? ipc.similarIssues({ text: issue.title, observation_id: null, except: issue.id })
        : ipc
            .listIssues({
              ...issueQuery(fresh, null, 0),
              view: "all",
              text: words,
              limit: 20,
            })
            .then((p) => p.rows),
    enabled: open,
    placeholderData: (last) => last,
  });
  const rows = (found.data ?? []).filter((r) => r.issue.id !== issue.id && r.issue.merged_into === null);
  const merge = useMutation({
    mutationFn: (target: IssueRow) => ipc.mergeIssues({ from: issue.id, into: target.issue.id }),
    onSuccess: () => setOpen(false),
  });
  return (
    <Popover.Root
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setInto(null);
      }}
    >
      <Popover.Trigger asChild>
        <Button size="small" icon="merge" why={why}>
          {t("side.merge")}
        </Button>
      </Popover.Trigger>
      <Pop className={css.merging} aria-label={t("side.merge")} onKeyDown={moveFocus}>
        {into ? (
          <>
            <p>{t("merge.preview", { from: issue.number, into: into.issue.number })}</p>
            <MergeMeans from={view.row} into={into} />
            <Problem error={merge.error} />
            <div className="row foot">
              <Button size="small" tone="ghost" onClick={() => setInto(null)}>
                {t("move.back")}
              </Button>
              <span className="grow" />
              <Button
                size="small"
                tone="primary"
                disabled={merge.isPending}
                onClick={() => merge.mutate(into)}
              >
                {t("merge.do")}
              </Button>
            </div>
          </>
        ) : (
          <>
            <input
              className="input"
              type="search"
              aria-label={t("side.mergeHint")}
              placeholder={t("side.mergeHint")}
              value={text}
              onChange={(e) => setText(e.target.value)}
            />
            <ul className={`${css.found} scroll`}>
              {rows.map((row) => (
                <li key={row.issue.id}>
                  <button type="button" className="choice" onClick={() => setInto(row)}>
                    <span>
                      <b className="figures">{row.issue.number}</b> {row.issue.title}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
            {found.data && rows.length === 0 ? <p className="faint pad">{t("side.mergeNone")}</p> : null}
            <Problem error={found.error} />
          </>
        )}
      </Pop>
    </Popover.Root>
  );
}
