import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { usePerson } from '../api/person.js';
import { words } from '../words/index.js';
import { staffPagesOf } from './staff-pages.js';

const { nav } = words.frame;

/** Where everybody goes, and where whoever is signed in goes. */
export function MainLinks() {
  const person = usePerson();
  const links = [
    ['/models', nav.models],
    ['/policies', nav.policies],
    ...(person ? [['/access-requests', nav.requests] as const, ['/grants', nav.grants] as const] : []),
    ...(staffPagesOf(person).length > 0 ? [['/overview', nav.staff] as const] : []),
  ] as const;
  return links.map(([to, label]) => (
    <Anchor key={to} component={Link} to={to} size="sm" c="var(--mantine-color-text)">
      {label}
    </Anchor>
  ));
}
