/** Both languages are here from the start, so that a test switches between them at once; it begins in Chinese. */
import { startI18n } from "../src/i18n";

await startI18n("en");
await startI18n("zh-CN");
