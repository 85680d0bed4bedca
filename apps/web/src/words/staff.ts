/** What reviewers, publishers, auditors and administrators read. */
export const STAFF = {
  nav: {
    overview: 'Overview',
    review: 'Review',
    grantReviews: 'Grant reviews',
    reasonTemplates: 'Reasons for reuse',
    blocks: 'Blocks',
    publishing: 'Models and releases',
    legal: 'Licenses and policies',
    webhooks: 'Webhooks',
    audit: 'Audit',
    sightings: 'Sightings',
    roles: 'Roles',
    retention: 'Retention',
    outbox: 'Outbox',
    system: 'System',
    keys: 'Keys',
  },
};
