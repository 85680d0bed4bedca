/** `remedy` is what the person does next; `link` is the page or route where they do it, relative to the portal. */
export type RefusalTable = Readonly<Record<string, { title: string; remedy: string; link: string | null }>>;
