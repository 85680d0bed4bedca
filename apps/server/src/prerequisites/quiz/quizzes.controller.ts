import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { AttemptQuiz, CreateQuiz, Name } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { QuizAttempts } from './quiz-attempts.service.js';
import { QuizzesService } from './quizzes.service.js';

@Controller('api/v1/models/:model')
export class QuizzesController {
  constructor(
    private readonly quizzes: QuizzesService,
    private readonly attempts: QuizAttempts,
  ) {}

  @Post('quizzes')
  @Allow('publish')
  compose(@Person() actor: PersonActor, @Param('model', { schema: Name }) model: string, @Body({ schema: CreateQuiz }) body: CreateQuiz) {
    return this.quizzes.compose(actor, model, body);
  }

  @Get('quizzes')
  @Allow('publish')
  list(@Person() actor: PersonActor, @Param('model', { schema: Name }) model: string) {
    return this.quizzes.list(actor, model);
  }

  @Get('quiz')
  @Allow('anyone')
  inForce(@Param('model', { schema: Name }) model: string) {
    return this.quizzes.inForce(model);
  }

  @Post('quiz/attempts')
  @Allow('person')
  attempt(@Person() actor: PersonActor, @Param('model', { schema: Name }) model: string, @Body({ schema: AttemptQuiz }) body: AttemptQuiz) {
    return this.attempts.attempt(actor, model, body);
  }
}
