output "settings" {
  description = "Settings of the portal, none of them secret: terraform output -json settings"
  value = {
    PADDOCK_S3_BUCKET              = aws_s3_bucket.store.bucket
    PADDOCK_S3_REGION              = data.aws_region.current.region
    PADDOCK_S3_PATH_STYLE          = "false"
    PADDOCK_CLOUDFRONT_URL         = "https://${var.cloudfront_alias == null ? aws_cloudfront_distribution.store.domain_name : var.cloudfront_alias.domain}"
    PADDOCK_CLOUDFRONT_KEY_PAIR_ID = aws_cloudfront_public_key.portal.id
  }
}

output "portal_user" {
  description = "Whose access key becomes PADDOCK_S3_ACCESS_KEY_ID and PADDOCK_S3_SECRET_ACCESS_KEY."
  value       = aws_iam_user.portal.name
}

output "database_address" {
  description = "Host of PADDOCK_DATABASE_URL and PADDOCK_DATABASE_OWNER_URL; their roles are made by hand, as the master user."
  value       = aws_db_instance.database.address
}

output "database_master_secret" {
  description = "ARN of the secret with the master user's password."
  value       = aws_db_instance.database.master_user_secret[0].secret_arn
}
