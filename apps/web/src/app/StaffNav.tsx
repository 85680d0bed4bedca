import { NavLink, Stack } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { usePerson } from '../api/person.js';
import { words } from '../words/index.js';
import { staffPagesOf } from './staff-pages.js';

export function StaffNav() {
  const { pathname } = useLocation();
  const pages = staffPagesOf(usePerson());
  if (pages.length === 0) return null;
  return (
    <Stack component="nav" aria-label={words.frame.nav.staff} gap={2}>
      {pages.map(({ to, label }) => (
        <NavLink key={to} component={Link} to={to} label={label} active={pathname === to || pathname.startsWith(`${to}/`)} />
      ))}
    </Stack>
  );
}
