/** OCI Distribution 1.1, "Listing Tags": `n` and `last`, and a Link to what follows. */
export interface TagPage {
  /** At most so many; clients may ask for fewer. */
  limit: number;
  /** The list goes on after this tag, in the order of its bytes. */
  after: string | undefined;
}

const MOST = 1000;

export function tagPage(query: { n?: string | undefined; last?: string | undefined }): TagPage {
  const asked = /^\d{1,9}$/.test(query.n ?? '') ? Number(query.n) : MOST;
  return { limit: Math.min(asked, MOST), after: query.last };
}

/** Of one tag more than the page takes, where there are so many: the page, and the Link to the next. */
export function pagedTags(name: string, tags: readonly string[], { limit }: TagPage): { body: string; link: string | undefined } {
  const shown = tags.slice(0, limit);
  const last = shown.at(-1);
  const more = tags.length > limit && last !== undefined;
  const link = more ? `</v2/${name}/tags/list?n=${limit}&last=${encodeURIComponent(last)}>; rel="next"` : undefined;
  return { body: JSON.stringify({ name, tags: shown }), link };
}
