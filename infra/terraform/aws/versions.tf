# What the portal needs of AWS: a bucket, CloudFront in front of it, PostgreSQL, and a user that may use the bucket alone.
# The processes themselves run elsewhere, such as in EKS by infra/kubernetes/large.
terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

data "aws_region" "current" {}
