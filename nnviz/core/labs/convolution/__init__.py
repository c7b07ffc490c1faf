"""The mathematics of the lab on convolution: kernels and images, maps and their terms, and the way through them."""
