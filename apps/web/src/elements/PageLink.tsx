import { Anchor, Button, type AnchorProps, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import { forwardRef } from 'react';

/** A link to a page of the portal, by the router's path and parameters. */
export const PageLink = createLink(forwardRef<HTMLAnchorElement, AnchorProps>((props, ref) => <Anchor ref={ref} {...props} />));

/** The same as a button, for the next step. */
export const PageButton = createLink(
  forwardRef<HTMLAnchorElement, ButtonProps>((props, ref) => <Button component="a" ref={ref} {...props} />),
);
