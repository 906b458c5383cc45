/** On what calls are brought in, as it is asked once per import. */
import type { ImportBasis } from "../../../ipc";

const quality = /质检|质量|品质|quality/i;
const listening =
  /亲听|聆听|旁听|收听|培训|训练|学习|改进|改善|提升|优化|研究|分析|listen|train|learn|improv|research|analy/i;

/** Customers were told of checking quality alone; here people listen, to learn from it. */
export const isOfQualityAlone = ({ notice }: ImportBasis): boolean =>
  quality.test(notice) && !listening.test(notice);

/** As it is sent. */
export const trimmed = ({ basis, notice }: ImportBasis): ImportBasis => ({
  basis: basis.trim(),
  notice: notice.trim(),
});

export const isSameBasis = (a: ImportBasis, b: ImportBasis): boolean =>
  a.basis === b.basis && a.notice === b.notice;
