import { Controller, Inject, Param, type Type } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@waymark/kernel';
import { DESTROYED, NoNewMasterKey, type KeyStore, type MasterKeyStatus } from '@waymark/keys';
import { IdParameter } from '../http/parameters.js';
import { ShowsNothingPersonal } from '../http/routes.js';
import { notFound, problem } from '../problems/problem.js';
import { nameFor, Operates } from './operates.js';
import { Rewrapping } from './rewrapping.js';

export const KEYS = Symbol('keys');

export interface ReplacedKey {
  readonly id: Uuid;
  readonly generation: number;
}

/** How the keys of the deployment are replaced while it runs: the same addresses whichever service runs here, since all share them. */
export const keysOf = (service: string): Type => {
  @ApiTags(`${service}: operation`)
  @Controller(`api/${service}/operation/keys`)
  class KeysController {
    constructor(
      @Inject(KEYS) private readonly keys: KeyStore,
      @Inject(Rewrapping) private readonly rewrapping: Rewrapping,
    ) {}

    @ShowsNothingPersonal('master', 'Which master key wraps, and how many keys an older one still wraps', {
      shows: 'how the platform runs',
    })
    master(): Promise<MasterKeyStatus> {
      return this.wrapped().status();
    }

    @Operates('master/replace', 'Put a new master key in place, and wrap every key anew', { answers: 202 })
    async replaceMaster(): Promise<MasterKeyStatus> {
      try {
        const status = await this.wrapped().replace();
        this.rewrapping.start();
        return status;
      } catch (error) {
        if (error instanceof NoNewMasterKey) throw problem([409, 'no-new-master-key', 'No new master key was given'], error.message);
        throw error;
      }
    }

    @Operates(
      'subjects/:subjectId/replace',
      'Put a new key in place of that of a person or a case; what older ones sealed stays readable',
      { answers: 200, on: 'subjectId' },
    )
    async replace(@Param('subjectId', IdParameter) id: Uuid): Promise<ReplacedKey> {
      const key = await this.keys.replace(id);
      if (key === undefined) throw notFound('key');
      if (key === DESTROYED)
        throw problem([410, 'erased', 'Erased'], 'The data of this person or case was erased; there is no key to replace.');
      return { id, generation: key.generation };
    }

    private wrapped() {
      if (this.keys.master) return this.keys.master;
      throw problem(
        [409, 'no-master-key', 'Not possible here'],
        'The keys of this installation are in memory alone; no master key wraps them.',
      );
    }
  }
  nameFor(service, KeysController);
  return KeysController;
};
