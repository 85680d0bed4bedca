import { Alert, Button, Group, Text } from '@mantine/core';
import { useLocation } from '@tanstack/react-router';
import { words } from '../words/index.js';

/** What is only for those who have an account; signing in leads back here. */
export function SignInFirst({ children }: { children: string }) {
  const { href } = useLocation();
  return (
    <Alert color="blue" variant="light">
      <Text size="sm">{children}</Text>
      <Group mt="sm" gap="sm">
        <Button component="a" size="xs" href={`/sign-in?returnTo=${encodeURIComponent(href)}`}>
          {words.frame.nav.signIn}
        </Button>
        <Button component="a" size="xs" href="/sign-up" variant="default">
          {words.frame.nav.signUp}
        </Button>
      </Group>
    </Alert>
  );
}
