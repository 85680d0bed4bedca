# Sends bytes by URLs that the portal has signed, and by no others.
resource "aws_cloudfront_public_key" "portal" {
  name_prefix = "${var.name}-"
  encoded_key = var.cloudfront_public_key

  # The next key is made before the group lets go of this one.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudfront_key_group" "portal" {
  name  = "${var.name}-portal"
  items = [aws_cloudfront_public_key.portal.id]
}

resource "aws_cloudfront_origin_access_control" "store" {
  name                              = "${var.name}-store"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

# By these two files keep their names and types.
resource "aws_cloudfront_cache_policy" "store" {
  name        = "${var.name}-store"
  min_ttl     = 0
  default_ttl = 86400
  max_ttl     = 31536000

  parameters_in_cache_key_and_forwarded_to_origin {
    cookies_config {
      cookie_behavior = "none"
    }
    headers_config {
      header_behavior = "none"
    }
    query_strings_config {
      query_string_behavior = "whitelist"
      query_strings {
        items = ["response-content-disposition", "response-content-type"]
      }
    }
  }
}

resource "aws_cloudfront_distribution" "store" {
  enabled         = true
  is_ipv6_enabled = true
  http_version    = "http2and3"
  comment         = "${var.name}: bytes of releases"
  price_class     = var.price_class
  aliases         = var.cloudfront_alias == null ? [] : [var.cloudfront_alias.domain]

  origin {
    origin_id                = "store"
    domain_name              = aws_s3_bucket.store.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.store.id
  }

  default_cache_behavior {
    target_origin_id       = "store"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    viewer_protocol_policy = "https-only"
    trusted_key_groups     = [aws_cloudfront_key_group.portal.id]
    cache_policy_id        = aws_cloudfront_cache_policy.store.id
    # Weights do not shrink.
    compress = false
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = var.cloudfront_alias == null
    acm_certificate_arn            = var.cloudfront_alias == null ? null : var.cloudfront_alias.certificate_arn
    ssl_support_method             = var.cloudfront_alias == null ? null : "sni-only"
    minimum_protocol_version       = var.cloudfront_alias == null ? null : "TLSv1.2_2021"
  }
}
