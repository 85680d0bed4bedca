import type { ShownScreen } from '@paddock/domain';
import type { Binding } from './bindings.service.js';
import type { PageBuild } from './page-proofs.js';

const DEFAULT_ATTESTATIONS = [{ id: 'read', text: 'I have read all of these documents.' }];

/** The words around the documents, and the documents in their order. `page` where the portal's own page shows them. */
export function screenFor({ agreement, joins, organization }: Binding, page: PageBuild | undefined): ShownScreen {
  const { attestations, title, n } = agreement.version;
  const asked = attestations.length > 0 ? attestations : DEFAULT_ATTESTATIONS;
  const who =
    organization && (joins === null ? `, on behalf of ${organization.legalName},` : `, as a member of ${organization.legalName},`);
  const authority = organization && joins === null && { id: 'authority', text: `I am authorized to bind ${organization.legalName}.` };
  return {
    label: `By choosing “I accept” you${who ?? ''} agree to ${title}, version ${n}, and to every document shown with it.`,
    button: 'I accept',
    attestations: authority ? [...asked, authority] : asked,
    documents: agreement.documents.map(({ url: _, ...document }) => document),
    ...(page && { page }),
  };
}
