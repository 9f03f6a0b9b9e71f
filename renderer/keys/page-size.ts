/** Rows of one request. */
export const PAGE_SIZE = 100;
