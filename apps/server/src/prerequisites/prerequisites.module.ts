import { Module } from '@nestjs/common';
import { PrerequisitesController } from './prerequisites.controller.js';
import { PrerequisitesService } from './prerequisites.service.js';
import { QuizAttempts } from './quiz/quiz-attempts.service.js';
import { QuizzesController } from './quiz/quizzes.controller.js';
import { QuizzesService } from './quiz/quizzes.service.js';
import { InquiriesService } from './referees/inquiries.service.js';
import { RefereeLetters } from './referees/referee-letters.js';
import { RefereeReading } from './referees/referee-reading.js';
import { RefereesController } from './referees/referees.controller.js';
import { RefereesService } from './referees/referees.service.js';

@Module({
  controllers: [PrerequisitesController, QuizzesController, RefereesController],
  providers: [PrerequisitesService, QuizzesService, QuizAttempts, RefereesService, RefereeReading, InquiriesService, RefereeLetters],
  exports: [PrerequisitesService, RefereeReading],
})
export class PrerequisitesModule {}
