import { ActionIcon, Alert, Anchor, AppShell, Burger, Button, Container, Group, Text } from '@mantine/core';
import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMoon, IconSun } from '@tabler/icons-react';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { holds, usePerson } from '../api/person.js';
import { Page } from '../elements/Page.js';
import { words } from '../words/index.js';
import { AccountMenu } from './AccountMenu.js';
import { MainLinks } from './MainLinks.js';
import { StaffNav } from './StaffNav.js';
import { isStaffPage, staffPagesOf } from './staff-pages.js';

const { nav, foot } = words.frame;

/** Loaded when a narrow screen opens it. */
const MenuDrawer = lazy(() => import('./MenuDrawer.js'));

/** Decisions that can still be undone, wherever in the portal a reviewer goes meanwhile. */
const HeldBar = lazy(() => import('../pages/staff/review/HeldBar.js'));

/** What stands around every page; staff pages have their own column of links. */
export function Frame() {
  const [open, { toggle, close }] = useDisclosure();
  const { pathname } = useLocation();
  const person = usePerson();
  // Its place is kept until it is known who reads: what a page has shown does not move aside.
  const staff = isStaffPage(pathname) && (person === undefined || staffPagesOf(person).length > 0);
  useEffect(close, [pathname, close]);
  return (
    <AppShell
      header={{ height: 56 }}
      {...(staff && { navbar: { width: 216, breakpoint: 'md', collapsed: { mobile: true } } })}
      padding="md"
      transitionDuration={0}
    >
      <a className="skip" href="#content">
        {words.frame.skip}
      </a>
      <AppShell.Header>
        <Group h="100%" px={{ base: 'xs', sm: 'md' }} gap="xs" justify="space-between" wrap="nowrap">
          <Group gap="lg" wrap="nowrap">
            <Burger opened={open} onClick={toggle} hiddenFrom="md" size="sm" aria-label={nav.menu} />
            <Anchor component={Link} to="/" fw={700} c="var(--mantine-color-text)" underline="never">
              {words.frame.name}
            </Anchor>
            <Group component="nav" aria-label={nav.main} gap="lg" visibleFrom="md">
              <MainLinks />
            </Group>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <SchemeSwitch />
            <AccountMenu />
          </Group>
        </Group>
      </AppShell.Header>
      {staff && (
        <AppShell.Navbar p="sm">
          <StaffNav />
        </AppShell.Navbar>
      )}
      {open && (
        <Suspense>
          <MenuDrawer onClose={close} />
        </Suspense>
      )}
      {holds(person, 'reviewer', 'publisher') && (
        <Suspense>
          <HeldBar />
        </Suspense>
      )}
      <AppShell.Main>
        <Container id="content" size={staff ? 'xl' : 'lg'} px={0} pt="md" tabIndex={-1}>
          <Suspense>
            <Outlet />
          </Suspense>
        </Container>
        <Foot />
      </AppShell.Main>
    </AppShell>
  );
}

function SchemeSwitch() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      onClick={() => setColorScheme(other)}
      aria-label={words.frame.scheme[other]}
      title={words.frame.scheme[other]}
    >
      {scheme === 'dark' ? <IconSun size={18} /> : <IconMoon size={18} />}
    </ActionIcon>
  );
}

function Foot() {
  return (
    <Container component="footer" size="lg" px={0} mt={64} pb="md">
      <Group gap="lg">
        <Anchor component={Link} to="/licenses" size="sm">
          {foot.licenses}
        </Anchor>
        <Anchor component={Link} to="/policies" size="sm">
          {foot.policies}
        </Anchor>
        <Anchor component={Link} to="/verify" size="sm">
          {foot.verify}
        </Anchor>
        <Anchor href="/ledger/checkpoint" size="sm">
          {foot.ledger}
        </Anchor>
        <Anchor href="/api/openapi.json" size="sm">
          {foot.api}
        </Anchor>
      </Group>
    </Container>
  );
}

export function NotFound() {
  return (
    <Page title={words.frame.notFound}>
      <Text>{words.frame.notFoundWay}</Text>
      <Group>
        <Button component={Link} to="/">
          {words.frame.home}
        </Button>
      </Group>
    </Page>
  );
}

export function Broken() {
  return (
    <Alert color="red" title={words.frame.broken} role="alert">
      <Text size="sm">{words.frame.brokenWay}</Text>
      <Button mt="sm" size="xs" onClick={() => location.reload()}>
        {words.frame.retry}
      </Button>
    </Alert>
  );
}
