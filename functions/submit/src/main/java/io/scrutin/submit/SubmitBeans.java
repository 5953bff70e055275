package io.scrutin.submit;

