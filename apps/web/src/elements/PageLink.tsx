import { Anchor, Button, type AnchorProps, type ButtonProps } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AnyPath, Place } from '../routes/router-path.js';

interface Content {
  children: ReactNode;
  'aria-label'?: string;
}

/** A link to a page of the portal, by its path in the table and the parameters that it takes. */
export function PageLink<Path extends AnyPath>({ to, params, search, hash, ...props }: Place<Path> & AnchorProps & Content) {
  return <Anchor component={Link} {...target({ to, params, search, hash })} {...props} />;
}

/** The same as a button, for the next step. */
export function PageButton<Path extends AnyPath>({ to, params, search, hash, ...props }: Place<Path> & ButtonProps & Content) {
  return <Button component={Link} {...target({ to, params, search, hash })} {...props} />;
}

/** The table has typed it: the router's own types know only the pages that this build of them routes. */
const target = (place: object) => Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined)) as { to: '/' };
