import { useTranslation } from "react-i18next";
import { Button } from "../../../parts/Button";
import { ZoomGroup } from "../../../player/WaveFrame";
import { fitAll, zoomBy } from "../useConsoleKeys";

export function ZoomButtons() {
  const { t } = useTranslation("console");
  return (
    <ZoomGroup label={t("zoom")}>
      <Button
        size="small"
        tone="ghost"
        icon="zoomout"
        label={t("zoomOut")}
        action="view.zoomOut"
        onClick={() => zoomBy(2)}
      />
      <Button
        size="small"
        tone="ghost"
        icon="zoomin"
        label={t("zoomIn")}
        action="view.zoomIn"
        onClick={() => zoomBy(0.5)}
      />
      <Button size="small" tone="ghost" icon="fit" label={t("zoomFit")} action="view.fit" onClick={fitAll} />
    </ZoomGroup>
  );
}
