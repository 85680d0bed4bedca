import { Module } from '@nestjs/common';
import { KeyRotation } from './key-rotation.service.js';
import { KeyUpkeep } from './key-upkeep.service.js';
import { KeysController } from './keys.controller.js';

@Module({ controllers: [KeysController], providers: [KeyRotation, KeyUpkeep] })
export class RotationModule {}
