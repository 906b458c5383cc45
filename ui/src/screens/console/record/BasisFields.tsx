import { useTranslation } from "react-i18next";
import type { Contact } from "../../../ipc";
import { WithheldFields } from "../../../parts/WithheldFields";
import { useRecord } from "../../../records/record";
import { useWithheld } from "../../../records/withheld";
import { Fact } from "./FactFields";

/** On what a contact was brought in, and what the customer was told of it. Where nobody said so, that is told. */
export function BasisFields({ contact: read }: { contact: Contact }) {
  const { t } = useTranslation("console");
  const edit = useRecord("contact", read);
  const why = useWithheld("contact", read.id)("contact.edit");
  return (
    <WithheldFields why={why} quiet>
      {(["basis", "notice"] as const).map((field) => (
        <Fact
          key={field}
          label={t(`field_${field}`)}
          value={edit.now[field]}
          placeholder={t("notStated")}
          rev={edit.now.rev}
          onSave={(value, rev) => edit.save(field, value, rev)}
        />
      ))}
    </WithheldFields>
  );
}
