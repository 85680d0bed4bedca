import * as blocks from '../blocks.js';
import { listOf } from '../fields.js';
import * as rules from '../rules.js';
import { get, post, remove, type Operation } from './operation.js';

/** Rules that decide, and who is shut out. */
export const RULES_OPERATIONS: readonly Operation[] = [
  post(
    '/api/v1/models/{model}/rules',
    'Write the next version of a model’s rules; it decides nothing yet',
    'person',
    rules.CreateRules,
    rules.RuleSet,
  ),
  get('/api/v1/models/{model}/rules', 'Every version of a model’s rules', 'person', listOf(rules.RuleSet)),
  post(
    '/api/v1/models/{model}/rules/{n}/dry-run',
    'What the rules would have made of past requests',
    'person',
    undefined,
    rules.DryRun,
    200,
  ),
  post(
    '/api/v1/models/{model}/rules/switch',
    'Switch a version on that was run dry, or rules off',
    'person',
    rules.SwitchRules,
    rules.RulesSwitched,
    200,
  ),
  get('/api/v1/blocks', 'People and domains that are shut out', 'person', listOf(blocks.Block), blocks.ListBlocks),
  post('/api/v1/blocks', 'Shut a person or a domain out', 'person', blocks.CreateBlock, blocks.Block),
  remove('/api/v1/blocks/{id}', 'Lift a block', 'person'),
];
