"""The mathematics of restricted Boltzmann machines: energies, sampling, likelihood and contrastive divergence."""
