package io.scrutin.manifests;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SecurityContext;

/**
 * The part of the RedisCluster of OT-Container-Kit's operator (v1beta2) that is used here. Read for
 * its shape alone: what is absent is null.
 */
final class RedisOperator {
  private RedisOperator() {}

  record Cluster(String apiVersion, String kind, Meta metadata, Spec spec) {}

  record Spec(
      int clusterSize,
      String clusterVersion,
      boolean persistenceEnabled,
      PodSecurityContext podSecurityContext,
      KubernetesConfig kubernetesConfig,
      Role redisLeader,
      Role redisFollower,
      Storage storage) {}

  record KubernetesConfig(String image, String imagePullPolicy, ResourceRequirements resources) {}

  record Role(int replicas, SecurityContext securityContext, Config redisConfig, Budget pdb) {}

  record Config(String additionalRedisConfig) {}

  record Budget(boolean enabled, int maxUnavailable) {}

  record Storage(PersistentVolumeClaim volumeClaimTemplate) {}
}
