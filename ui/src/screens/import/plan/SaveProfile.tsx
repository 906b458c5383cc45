import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Popover } from "radix-ui";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SourceTold } from "../../../ipc";
import { ipc } from "../../../ipc";
import { IMPORT_PROFILES } from "../../../ipc/generated/limits";
import { Button } from "../../../parts/Button";
import { Field } from "../../../parts/Field";
import { Pop } from "../../../parts/Pop";
import { Problem } from "../../../parts/Problem";
import { qk } from "../../../records/queries";
import { useWithheld } from "../../../records/withheld";
import { stem } from "../../../things/case/import/plan";
import { remembered } from "../../../things/case/import/profile";
import { readOtherwise } from "../../../things/case/import/store";
import css from "./Columns.module.css";

/** Keeps how the chosen source is read, under a name: the next one of its kind is read so by itself. */
export function SaveProfile({ path, told }: { path: string; told: SourceTold }) {
  const { t } = useTranslation("imports");
  const why = useWithheld()("settings.edit");
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button size="small" why={why} data-testid="profile-save">
          {t("save.open")}
        </Button>
      </Popover.Trigger>
      <Pop className={css.pop} aria-label={t("save.open")}>
        <Form path={path} told={told} onDone={() => setOpen(false)} />
      </Pop>
    </Popover.Root>
  );
}

function Form({ path, told, onDone }: { path: string; told: SourceTold; onDone: () => void }) {
  const { t } = useTranslation("imports");
  const { t: common } = useTranslation();
  const client = useQueryClient();
  const { by, name: its } = told.profile;
  const [name, setName] = useState(by === "remembered" || by === "person" ? its : stem(path));
  const keep = useMutation({
    mutationFn: async () => {
      const stored = await ipc.getSettings();
      const one = remembered(told, name.trim());
      const others = stored.import_profiles.filter((other) => other.name !== one.name);
      return ipc.updateSettings({ ...stored, import_profiles: [...others, one] });
    },
    onSuccess: (settings) => {
      client.setQueryData(qk.settings, settings);
      readOtherwise(path, { profile: { named: name.trim() } });
      onDone();
    },
  });
  const settings = client.getQueryData<Awaited<ReturnType<typeof ipc.getSettings>>>(qk.settings);
  const takesPlace = settings?.import_profiles.some((other) => other.name === name.trim());
  return (
    <form
      className={css.save}
      onSubmit={(e) => {
        e.preventDefault();
        keep.mutate();
      }}
    >
      <Field
        label={t("save.name")}
        hint={t(takesPlace ? "save.takesPlace" : "save.hint")}
        value={name}
        maxLength={IMPORT_PROFILES.nameChars}
        onChange={(e) => setName(e.target.value)}
      />
      <Problem error={keep.error} />
      <div className="row">
        <span className="grow" />
        <Button size="small" onClick={onDone}>
          {common("cancel")}
        </Button>
        <Button size="small" tone="primary" type="submit" disabled={name.trim() === "" || keep.isPending}>
          {common("save")}
        </Button>
      </div>
    </form>
  );
}
