/** The one search box. */
export const searchCommands = {
  search: () => ({ hits: [], more: [] }),
};
