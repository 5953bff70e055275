package io.scrutin.manifests;

import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Map;

/**
 * The part of CloudNativePG's resources (1.25 and later) that is used here. Read for their shape
 * alone, so that a field that is not theirs is found: what is absent is null.
 */
final class CloudNativePg {
  private CloudNativePg() {}

  record Cluster(String apiVersion, String kind, Meta metadata, ClusterSpec spec) {}

  record ClusterSpec(
      int instances,
      String imageName,
      Affinity affinity,
      InheritedMetadata inheritedMetadata,
      boolean enableSuperuserAccess,
      Bootstrap bootstrap,
      Postgresql postgresql,
      Storage storage,
      Storage walStorage,
      ResourceRequirements resources,
      List<Plugin> plugins) {}

  record Affinity(boolean enablePodAntiAffinity, String podAntiAffinityType, String topologyKey) {}

  record InheritedMetadata(Map<String, String> labels, Map<String, String> annotations) {}

  record Bootstrap(InitDb initdb) {}

  record InitDb(String database, String owner, Reference secret, List<String> postInitSQL) {}

  record Reference(String name) {}

  /** Parameters are Postgres's own, and texts. */
  record Postgresql(Synchronous synchronous, Map<String, String> parameters) {}

  record Synchronous(String method, int number, String dataDurability) {}

  record Storage(String size, String storageClass) {}

  record Plugin(
      String name, boolean enabled, boolean isWALArchiver, Map<String, String> parameters) {}

  record ScheduledBackup(String apiVersion, String kind, Meta metadata, BackupSpec spec) {}

  record BackupSpec(
      String schedule,
      String backupOwnerReference,
      Reference cluster,
      String method,
      boolean immediate,
      Plugin pluginConfiguration) {}

  record ObjectStore(String apiVersion, String kind, Meta metadata, StoreSpec spec) {}

  record StoreSpec(String retentionPolicy, Archive configuration) {}

  record Archive(
      String destinationPath, String endpointURL, S3Credentials s3Credentials, Wal wal) {}

  record S3Credentials(SecretKey accessKeyId, SecretKey secretAccessKey) {}

  record SecretKey(String name, String key) {}

  record Wal(String compression, int maxParallel) {}
}
