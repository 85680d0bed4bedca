variable "name" {
  description = "Begins the name of everything that is made; unique among all buckets of the world."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,40}$", var.name))
    error_message = "Lower-case letters, digits and hyphens, as buckets are named."
  }
}

variable "cloudfront_public_key" {
  description = "Public half, in PEM, of the RSA key that PADDOCK_CLOUDFRONT_KEY_FILE holds: openssl rsa -in cloudfront.pem -pubout"
  type        = string
}

variable "cloudfront_alias" {
  description = "A name of your own for the distribution, with the certificate for it in us-east-1. Default: the name that AWS gives."
  type        = object({ domain = string, certificate_arn = string })
  default     = null
}

variable "price_class" {
  description = "Where CloudFront keeps copies."
  type        = string
  default     = "PriceClass_100"
}

variable "evidence_years" {
  description = "How long nobody, not even the account's root, can delete the copy of the ledger."
  type        = number
  default     = 10
}

variable "vpc_id" {
  description = "Where the database is."
  type        = string
}

variable "database_subnet_ids" {
  description = "Private subnets in two or more zones."
  type        = list(string)
}

variable "portal_security_group_ids" {
  description = "Security groups of the portal's processes, from which the database is reached."
  type        = list(string)
}

variable "database_instance_class" {
  description = "Size of the database."
  type        = string
  default     = "db.t4g.medium"
}

variable "database_version" {
  description = "Major version of PostgreSQL."
  type        = string
  default     = "17"
}

variable "multi_az" {
  description = "Keep a second database that takes over."
  type        = bool
  default     = true
}
