import { createRootRoute } from '@tanstack/react-router';
import { Broken, Frame, NotFound } from '../app/Frame.js';

export const root = createRootRoute({ component: Frame, notFoundComponent: NotFound, errorComponent: Broken });
