import { Button, Group } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { usePerson } from '../api/person.js';
import { words } from '../words/index.js';

const { nav } = words.frame;

/** Loaded for whoever is signed in. */
const PersonalMenu = lazy(() => import('./PersonalMenu.js'));

/** Who is signed in and what is theirs, or the way in. */
export function AccountMenu() {
  const person = usePerson();
  const { href } = useLocation();
  if (person === undefined) return null;
  if (person === null)
    return (
      <Group gap="xs" wrap="nowrap">
        <Button variant="subtle" size="xs" component={Link} to="/sign-in" search={{ returnTo: href } as never}>
          {nav.signIn}
        </Button>
        <Button size="xs" component={Link} to="/sign-up">
          {nav.signUp}
        </Button>
      </Group>
    );
  return (
    <Suspense>
      <PersonalMenu person={person} />
    </Suspense>
  );
}
