package io.evenkeel.api;

import io.evenkeel.routing.Target;
import io.evenkeel.security.Grants;
import io.evenkeel.security.Right;

/**
 * What a caller must have been granted to be answered.
 *
 * @param model for which; empty where it is about all, or any
 */
record Need(Right right, Reach reach, String model) {
  /** For which models. */
  enum Reach {
    ONE,
    ALL,
    SOME
  }

  /** The right for one model, whether it is there or not. */
  static Need of(Right right, String model) {
    return new Need(right, Reach.ONE, model);
  }

  /** The right for all models. */
  static Need ofAll(Right right) {
    return new Need(right, Reach.ALL, "");
  }

  /** The right for any model; what it is used for is looked at later. */
  static Need ofSome(Right right) {
    return new Need(right, Reach.SOME, "");
  }

  /**
   * What a resource takes.
   *
   * @param defaultModel what is meant where none is named
   */
  static Need of(Resource resource, String defaultModel) {
    return switch (resource) {
      case Resource.Predict of -> predicting(of.target(), defaultModel);
      case Resource.PredictBatch of -> predicting(of.target(), defaultModel);
      case Resource.Validate of -> predicting(of.target(), defaultModel);
      case Resource.Explain of -> predicting(of.target(), defaultModel);
      case Resource.ValidationReport of -> Need.of(Right.READ, of.model());
      case Resource.Drift of -> Need.of(Right.READ, of.model());
      case Resource.ShadowReport of -> Need.of(Right.READ, of.model());
      case Resource.Quality of -> Need.of(Right.READ, of.model());
      case Resource.Statistics of -> Need.of(Right.READ, of.model());
      case Resource.Models ignored -> Need.ofAll(Right.READ);
      case Resource.Model of -> Need.of(Right.READ, of.model());
      case Resource.Version of -> Need.of(Right.READ, of.model());
      case Resource.Schema of -> Need.of(Right.READ, named(of.target(), defaultModel));
      case Resource.Card of -> Need.of(Right.READ, named(of.target(), defaultModel));
    };
  }

  private static Need predicting(Target target, String defaultModel) {
    return Need.of(Right.PREDICT, named(target, defaultModel));
  }

  private static String named(Target target, String defaultModel) {
    return target.model() == null ? defaultModel : target.model();
  }

  /** What it takes: whoever may change one model's route can't see or change the others'. */
  static Need of(AdminResource resource) {
    return switch (resource) {
      case AdminResource.AllRoutes ignored -> Need.ofAll(Right.ADMIN);
      case AdminResource.Revisions ignored -> Need.ofAll(Right.ADMIN);
      case AdminResource.OneRevision ignored -> Need.ofAll(Right.ADMIN);
      case AdminResource.RollBack ignored -> Need.ofAll(Right.ADMIN);
      case AdminResource.Journal ignored -> Need.ofAll(Right.ADMIN);
      case AdminResource.Route of -> Need.of(Right.ADMIN, of.model());
      case AdminResource.Pin of -> Need.of(Right.ADMIN, of.model());
      case AdminResource.Rollouts of -> Need.of(Right.ADMIN, of.model());
      case AdminResource.RolloutStep of -> Need.of(Right.ADMIN, of.model());
      case AdminResource.Load of -> Need.of(Right.ADMIN, of.model());
      case AdminResource.Unload of -> Need.of(Right.ADMIN, of.model());
    };
  }

  boolean isMetBy(Grants grants) {
    return switch (reach) {
      case ONE -> grants.allows(right, model);
      case ALL -> grants.allowsAll(right);
      case SOME -> grants.allowsSome(right);
    };
  }
}
