import { testChecks } from '../testing.ts';
import { queryChecks } from './all.ts';

testChecks(queryChecks);
